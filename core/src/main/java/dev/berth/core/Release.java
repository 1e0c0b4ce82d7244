package dev.berth.core;

import java.util.List;
import java.util.Optional;

/** Which versions of a service receive which share of its traffic (HO-9). */
public record Release(List<Share> shares) {
    /** Nothing deployed yet. */
    public static final Release NONE = new Release(List.of());

    /** @param weight integer per cent */
    public record Share(Version version, int weight) {
        public Share {
            if (weight < 0 || weight > 100) {
                throw new IllegalArgumentException("weight: %d (expected: 0 to 100)".formatted(weight));
            }
        }
    }

    public Release {
        shares = List.copyOf(shares);
        int sum = shares.stream().mapToInt(Share::weight).sum();
        if (sum != 0 && sum != 100) {
            throw new IllegalArgumentException("sum of weights: %d (expected: 100, or all 0)".formatted(sum));
        }
    }

    /** All traffic to one version. */
    public static Release full(Version version) {
        return new Release(List.of(new Share(version, 100)));
    }

    /** Those that receive some of the traffic. */
    public List<Share> live() {
        return shares.stream().filter(share -> share.weight() > 0).toList();
    }

    /** The version that has all the traffic, if one has. */
    public Optional<Version> sole() {
        return shares.stream()
                .filter(share -> share.weight() == 100)
                .map(Share::version)
                .findFirst();
    }

    /** Per cent; 0 also for a version that is not in it. */
    public int weightOf(VersionId version) {
        return shares.stream()
                .filter(share -> share.version().id().equals(version))
                .mapToInt(Share::weight)
                .sum();
    }

    /** The same without a version that has no traffic. */
    public Release without(VersionId version) {
        return new Release(shares.stream()
                .filter(share -> !share.version().id().equals(version))
                .toList());
    }

    public boolean isEmpty() {
        return shares.isEmpty();
    }

    /**
     * The version that a call goes to, or empty if every weight is 0 (CH-107).
     *
     * @param dice uniformly from 0 to 99
     */
    public Optional<Version> choose(int dice) {
        int left = dice;
        for (Share share : shares) {
            left -= share.weight();
            if (left < 0) {
                return Optional.of(share.version());
            }
        }
        return Optional.empty();
    }
}
