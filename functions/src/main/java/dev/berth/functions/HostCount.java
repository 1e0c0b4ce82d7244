package dev.berth.functions;

import java.util.List;

/**
 * How many hosts a function has.
 *
 * @param idle those that have loaded the function and run nothing
 * @param memory resident bytes of all, as measured last
 */
public record HostCount(int starting, int idle, int busy, long memory) {
    static HostCount of(List<HostStatus> hosts) {
        int starting = 0;
        int idle = 0;
        int busy = 0;
        long memory = 0;
        for (HostStatus host : hosts) {
            memory += host.memory();
            switch (host.state()) {
                case STARTING -> starting++;
                case WARM, IDLE -> idle++;
                case BUSY -> busy++;
            }
        }
        return new HostCount(starting, idle, busy, memory);
    }

    public boolean isZero() {
        return starting + idle + busy == 0;
    }
}
