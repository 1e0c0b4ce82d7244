import { CloudError, WHAT_TO_DO } from './errors.js';
import type { OpenDataDetail, OpenDataKind, PressButton, WithCloudID } from './options.js';
import { Refused, type Routes } from './routes.js';
import type { Session } from './session.js';
import { TransportFailure } from './transport.js';

// The session is over; or the data was encrypted with another session key than the one of its sign-in.
const CURED_BY_SIGN_IN = [40001, 42001, -41003, 87009];

interface Sealed {
    encryptedData: string;
    iv: string;
}

/** Exchanges what WeChat gave to a page for CloudIDs, at one gateway, for one user. OA-31 */
export class OpenData {
    constructor(
        private readonly routes: Routes,
        private readonly session: Session,
    ) {}

    of<T extends OpenDataDetail>(detail: T): Promise<WithCloudID<T>> {
        return this.given(async () => detail);
    }

    pressed(kind: OpenDataKind, appid: string, press: PressButton | undefined): Promise<WithCloudID<OpenDataDetail>> {
        if (press === undefined) {
            return Promise.reject(
                failure(-1, `kind: ${kind}, but there is no button (expected: event.detail, or createCloud({…, button}))`),
            );
        }
        return this.given(async () => {
            try {
                return await press(kind, appid);
            } catch (error) {
                throw new Refused(-1, `button gave no data: ${(error as { errMsg?: string })?.errMsg ?? error}`);
            }
        });
    }

    private async given<T extends OpenDataDetail>(give: () => Promise<T>): Promise<WithCloudID<T>> {
        try {
            // First: data is encrypted with the key of the sign-in before it.
            const token = await this.session.current();
            try {
                return await this.exchange(await give(), token);
            } catch (error) {
                if (!(error instanceof Refused) || !CURED_BY_SIGN_IN.includes(error.code)) {
                    throw error;
                }
                this.session.discard(token);
            }
            const renewed = await this.session.current();
            return await this.exchange(await give(), renewed);
        } catch (error) {
            throw failureOf(error, this.routes.endpoint);
        }
    }

    private async exchange<T extends OpenDataDetail>(detail: T, token: string): Promise<WithCloudID<T>> {
        const { encryptedData, iv, rawData, signature } = complete(detail);
        const content = { encryptedData, iv, rawData, signature };
        const { cloudID } = await this.routes.post('open data', 'open-data', content, { 'X-Berth-Session': token });
        if (typeof cloudID !== 'string') {
            throw new Refused(-1, `${this.routes.endpoint} gave no CloudID (expected: {"cloudID","expiresIn"})`);
        }
        return { ...detail, cloudID };
    }
}

/** Whether WeChat gave this, and there is something in it for the app's server to open. */
export function holdsOpenData(detail: unknown): detail is OpenDataDetail & Sealed {
    const { encryptedData, iv } = Object(detail);
    return typeof encryptedData === 'string' && typeof iv === 'string';
}

function complete(detail: OpenDataDetail): OpenDataDetail {
    if (holdsOpenData(detail)) {
        return detail;
    }
    // What the user refused, such as getPhoneNumber:fail user deny
    const errMsg = detail?.errMsg;
    throw new Refused(
        -1,
        errMsg !== undefined && !/:ok$/.test(errMsg)
            ? errMsg
            : 'no encryptedData and iv (expected: event.detail of an open-data button, or what wx.getWeRunData gives)',
    );
}

function failureOf(cause: unknown, endpoint: string): unknown {
    if (cause instanceof Refused) {
        return failure(cause.code, cause.message, cause.explanation);
    }
    if (cause instanceof TransportFailure) {
        return failure(-1, `no answer of ${endpoint}: ${cause.message}. ${WHAT_TO_DO}`, { hint: WHAT_TO_DO });
    }
    return cause;
}

function failure(code: number, text: string, explanation = {}): CloudError {
    return Object.assign(new CloudError(code, `cloud.openData:fail ${code} ${text}`), explanation);
}
