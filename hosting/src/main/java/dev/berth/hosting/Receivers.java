package dev.berth.hosting;

import dev.berth.core.Activator.LeaseReceiver;
import dev.berth.core.StartFailure;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Tells receivers one by one; what one of them throws must not keep the news from the next. */
final class Receivers {
    private static final Logger LOG = System.getLogger(Receivers.class.getName());

    private Receivers() {}

    static void granted(List<LeaseReceiver> waiting, List<InstanceLease> leases) {
        for (int i = 0; i < leases.size(); i++) {
            LeaseReceiver receiver = waiting.get(i);
            InstanceLease lease = leases.get(i);
            tell(() -> receiver.granted(lease));
        }
    }

    static void refused(List<LeaseReceiver> waiting, StartFailure failure) {
        waiting.forEach(receiver -> tell(() -> receiver.refused(failure)));
    }

    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A receiver of a lease failed", e);
        }
    }
}
