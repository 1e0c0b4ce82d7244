package dev.berth.artifacts;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A tar that knows whether its end was there; without that, a tar cut between two files looks whole. */
final class TarReader extends TarArchiveInputStream {
    private boolean sawEnd;

    TarReader(InputStream in) {
        super(in, StandardCharsets.UTF_8.name());
    }

    boolean sawEnd() {
        return sawEnd;
    }

    @Override
    protected boolean isEOFRecord(byte[] record) {
        boolean end = super.isEOFRecord(record);
        sawEnd |= end && record != null;
        return end;
    }
}
