package dev.berth.server;

import dev.berth.openapi.DenyForm;

/** CF-11 as the configuration writes it: what a call of a path outside the permission list is answered. */
public enum UnlistedPath {
    /** 85107 in a JSON body (OA-15). */
    ERRCODE_85107("85107", DenyForm.NOT_LISTED),
    /** HTTP 502 (OA-16). */
    STATUS_502("502", DenyForm.BAD_GATEWAY),
    /** 48001 in a JSON body (OA-17). */
    ERRCODE_48001("48001", DenyForm.UNAUTHORIZED);

    private final String written;
    private final DenyForm form;

    UnlistedPath(String written, DenyForm form) {
        this.written = written;
        this.form = form;
    }

    DenyForm form() {
        return form;
    }

    @Override
    public String toString() {
        return written;
    }
}
