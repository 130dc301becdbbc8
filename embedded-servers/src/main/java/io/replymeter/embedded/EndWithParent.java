package io.replymeter.embedded;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** Runs another main class, and ends this JVM as soon as the process that started it is gone. */
final class EndWithParent {

    private EndWithParent() {}

    public static void main(String[] arguments) throws Throwable {
        Thread watch = new Thread(EndWithParent::endWithInput, "end-with-parent");
        watch.setDaemon(true);
        watch.start();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // The parent never writes. Its end of the pipe closes when it ends, and then read() returns.
            }
        } catch (IOException e) {
            // A broken pipe means the same.
        }
        Runtime.getRuntime().halt(1);
    }
}
