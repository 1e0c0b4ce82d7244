package dev.berth.hosting;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells receivers one by one; what one of them throws must not keep the news from the next. */
final class Receivers {
    private static final Logger LOG = System.getLogger(Receivers.class.getName());

    private Receivers() {}

    static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A receiver of a lease failed", e);
        }
    }
}
