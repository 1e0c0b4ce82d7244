/** What Berth uses of the mini program's `wx`. */
export interface Wx {
    cloud?: unknown;
    request(options: WxRequest): WxRequestTask | void;
    login(options: { success(result: { code: string }): void; fail(error: WxFailure): void }): void;
    getAccountInfoSync?(): { miniProgram: { appId: string } };
}

export interface WxRequest {
    url: string;
    method: any;
    header: Record<string, string>;
    data?: string | ArrayBuffer;
    dataType: string;
    responseType: 'arraybuffer';
    timeout: number;
    redirect: 'manual' | 'follow';
    success(result: WxAnswer): void;
    fail(error: WxFailure): void;
}

export interface WxAnswer {
    statusCode: number;
    header: Record<string, any>;
    data?: any;
    cookies?: string[];
}

export interface WxFailure {
    errMsg: string;
}

interface WxRequestTask {
    onHeadersReceived?(listener: (head: { statusCode?: number; header: object; cookies?: string[] }) => void): void;
}
