package dev.berth.simulator;

/**
 * A page and what it is opened with.
 *
 * @param path with no slash before it
 * @param query with no question mark, perhaps empty
 */
record PagePath(String path, String query) {
    /** Such as {@code pages/index/index?id=1}; a slash before it is left out. */
    static PagePath of(String page) {
        String trimmed = page.startsWith("/") ? page.substring(1) : page;
        int mark = trimmed.indexOf('?');
        return mark < 0
                ? new PagePath(trimmed, "")
                : new PagePath(trimmed.substring(0, mark), trimmed.substring(mark + 1));
    }

    @Override
    public String toString() {
        return query.isEmpty() ? path : path + "?" + query;
    }
}
