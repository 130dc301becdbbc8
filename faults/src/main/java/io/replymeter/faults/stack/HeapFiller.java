package io.replymeter.faults.stack;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Uses up the heap of another JVM, which loads this class as an agent. */
public final class HeapFiller {

    private static final int PIECE = 1 << 20;

    private HeapFiller() {}

    /** Begins in the JVM with this process id, and does not wait. */
    static void fill(long process) throws Exception {
        Path jar = Files.createTempFile("heap-filler", ".jar");
        try {
            write(jar);
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process));
            machine.loadAgent(jar.toString());
            machine.detach();
        } finally {
            Files.delete(jar);
        }
    }

    private static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", HeapFiller.class.getName());
        String name = HeapFiller.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream code = HeapFiller.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            code.transferTo(out);
        }
    }

    /** The JVM calls this. */
    public static void agentmain(String nothing) {
        Thread thread = new Thread(HeapFiller::fill, "heap-filler");
        thread.setDaemon(true);
        thread.start();
    }

    private static void fill() {
        List<byte[]> held = new ArrayList<>();
        while (true) {
            held.add(new byte[PIECE]);
        }
    }
}
