package dev.berth.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.AdminActions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.RequestContext;

/** Reads a request's body: JSON, or {@code multipart/form-data} (AD-1, AD-6, AD-17). */
final class AdminBody {
    static final String FORM = "multipart/form-data";

    /** The longest that the SDKs send have 14. */
    static final int MOST_FIELDS = 32;

    private AdminBody() {}

    static boolean isForm(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith(FORM);
    }

    /** @throws IOException with what was wrong, if it cannot be read or is larger than it may be */
    static AdminFields read(String contentType, byte[] body) throws IOException {
        if (body.length > AdminActions.LONGEST_BODY) {
            throw new IOException(
                    "it has %d bytes (expected: <= %d)".formatted(body.length, AdminActions.LONGEST_BODY));
        }
        return isForm(contentType) ? form(contentType, body) : json(body);
    }

    private static AdminFields json(byte[] body) throws IOException {
        AdminFields fields = new AdminFields();
        for (Map.Entry<String, String> member : RawJson.members(utf8(body)).entrySet()) {
            String value = RawJson.text(member.getValue()).orElse(member.getValue());
            add(fields, member.getKey(), AdminFields.Field.text(value));
        }
        return fields;
    }

    private static AdminFields form(String contentType, byte[] body) throws IOException {
        AdminFields fields = new AdminFields();
        FileItemInputIterator parts = new Form().getItemIterator(new Body(contentType, body));
        while (parts.hasNext()) {
            FileItemInput part = parts.next();
            String name = part.getFieldName();
            if (name == null) {
                throw new IOException("a part of the form has no name");
            }
            try (InputStream content = part.getInputStream()) {
                add(fields, name, new AdminFields.Field(content.readAllBytes(), part.getContentType() != null));
            }
        }
        if (fields.all().isEmpty()) {
            throw new IOException("it has no part that begins with its boundary");
        }
        return fields;
    }

    private static void add(AdminFields fields, String name, AdminFields.Field value) throws IOException {
        if (fields.all().size() == MOST_FIELDS) {
            throw new IOException("it has too many fields (expected: <= %d)".formatted(MOST_FIELDS));
        }
        if (!fields.add(name, value)) {
            throw new IOException("it has a field twice");
        }
    }

    private static String utf8(byte[] body) throws IOException {
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8", e);
        }
    }

    /** The library's reader; nothing of it that stores. */
    private static final class Form extends AbstractFileUpload<RequestContext, DiskFileItem, DiskFileItemFactory> {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Body(String contentType, byte[] bytes) implements RequestContext {
        @Override
        public String getCharacterEncoding() {
            return UTF_8.name();
        }

        @Override
        public long getContentLength() {
            return bytes.length;
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public boolean isMultipartRelated() {
            return false;
        }
    }
}
