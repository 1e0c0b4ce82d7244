package dev.berth.core;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a file, for people: without the names of Java's classes. */
public final class IoReason {
    private IoReason() {}

    /** Such as {@code /srv/data: permission denied}; names the file if the exception does. */
    public static String of(IOException failure) {
        if (failure instanceof FileSystemException e && e.getFile() != null) {
            String reason = reason(e);
            return reason == null ? e.getFile() : e.getFile() + ": " + reason;
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static @Nullable String reason(FileSystemException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file or folder";
            case NotDirectoryException _ -> "not a folder";
            case FileAlreadyExistsException _ -> "a file of this name is there already";
            case DirectoryNotEmptyException _ -> "the folder is not empty";
            default -> e.getReason();
        };
    }
}
