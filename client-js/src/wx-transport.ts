import { TransportFailure, type Transport, type WireAnswer } from './transport.js';
import type { Wx, WxAnswer, WxFailure } from './wx.js';

/** For mini programs. Bodies are asked for as bytes, so that `wx.request` converts nothing. */
export function wxTransport(wx: Wx): Transport {
    return (request) =>
        new Promise((resolve, reject) => {
            let head: WxAnswer | undefined;
            const task = wx.request({
                url: request.url,
                method: request.method,
                header: request.header,
                ...(request.body === undefined ? {} : { data: request.body }),
                dataType: 'bytes',
                responseType: 'arraybuffer',
                timeout: request.timeout,
                redirect: request.redirect,
                success: (answer) => resolve(answerOf(answer)),
                fail: (error) => (isRedirect(head) ? resolve(answerOf(head)) : reject(failureOf(error, head))),
            });
            task?.onHeadersReceived?.((received) => {
                head = received as WxAnswer;
            });
        });
}

// With `redirect: 'manual'` some platforms end a redirected request after its head.
function isRedirect(head: WxAnswer | undefined): head is WxAnswer {
    return head !== undefined && head.statusCode >= 300 && head.statusCode < 400;
}

function failureOf(error: WxFailure, head: WxAnswer | undefined): TransportFailure {
    if (/time ?out/i.test(error.errMsg)) {
        return new TransportFailure('timeout', error.errMsg);
    }
    return new TransportFailure(head === undefined ? 'unreachable' : 'cut', error.errMsg);
}

function answerOf(answer: WxAnswer): WireAnswer {
    const header: Record<string, string> = {};
    for (const name of Object.keys(answer.header)) {
        header[name] = String(answer.header[name]);
    }
    return {
        status: answer.statusCode,
        header,
        cookies: answer.cookies ?? [],
        body: answer.data || new ArrayBuffer(0),
    };
}
