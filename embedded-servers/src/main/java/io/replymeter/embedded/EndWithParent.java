package io.replymeter.embedded;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** Runs another main class in a JVM that ends as soon as the process that holds its standard input is gone. */
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
                // Nothing is ever written: read returns when the parent's end of the pipe closes.
            }
        } catch (IOException e) {
            // A broken pipe says the same.
        }
        Runtime.getRuntime().halt(1);
    }
}
