package dev.berth.core;

/** Port: where the hot path reads the present {@link Directory}, without locks or I/O. */
@FunctionalInterface
public interface DirectorySource {
    Directory current();
}
