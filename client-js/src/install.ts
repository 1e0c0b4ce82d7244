import { cloudOf } from './cloud.js';
import type { BerthCloud } from './options.js';
import { wrapPages } from './pages.js';
import type { Wx } from './wx.js';
import { wxTransport } from './wx-transport.js';

export interface InstallOptions {
    /** the gateway, such as `https://berth.example.com` */
    endpoint: string;
    /** without it, the mini program's own */
    appid?: string;
    /** the env of calls that name none */
    env?: string;
    /**
     * Pages and components defined from now on find `detail.cloudID` in what an open-data button gives them. Signs in at
     * once, for the button needs it.
     */
    wrapPages?: boolean;
}

/**
 * Makes `wx.cloud` call Berth: `init`, `Cloud`, `callContainer`, `callFunction`, `CloudID` and `openData` are Berth's
 * afterwards, everything else of `wx.cloud` is what it was. Returns Berth's own cloud, which can also sign in and out.
 */
export function install(wx: Wx, options: InstallOptions): BerthCloud {
    const cloud = cloudOf({
        endpoint: options.endpoint,
        env: options.env,
        appid: options.appid ?? ownAppid(wx),
        login: () => codeFrom(wx),
        transport: wxTransport(wx),
    });
    put(cloud, wx);
    if (options.wrapPages) {
        wrapPages(cloud.openData);
        cloud.signIn().catch(() => {}); // whoever needs the session tries again, and is told
    }
    return cloud;
}

function ownAppid(wx: Wx): string {
    const appid = wx.getAccountInfoSync?.().miniProgram.appId;
    if (!appid) {
        throw new Error('appid: none (expected: the AppID of this mini program, as wx.getAccountInfoSync does not tell it)');
    }
    return appid;
}

function codeFrom(wx: Wx): Promise<string> {
    return new Promise((resolve, reject) => {
        wx.login({ success: ({ code }) => resolve(code), fail: reject });
    });
}

/** Into the existing object where it lets us, else in front of it. */
function put(cloud: BerthCloud, wx: Wx): void {
    const existing = Object(wx.cloud ?? {}) as object;
    if (wx.cloud !== undefined && defineMembers(existing, cloud) && isInPlace(cloud, wx)) {
        return;
    }
    const derived = Object.create(existing);
    defineMembers(derived, cloud);
    if (!define(wx, 'cloud', derived) || !isInPlace(cloud, wx)) {
        throw new Error('wx.cloud cannot be replaced here (do instead: createCloud({…, transport: wxTransport(wx)}))');
    }
}

function defineMembers(object: object, { init, Cloud, callContainer, callFunction, CloudID, openData }: BerthCloud): boolean {
    const members = { init, Cloud, callContainer, callFunction, CloudID, openData };
    return Object.entries(members).every(([name, value]) => define(object, name, value));
}

function define(object: object, name: string, value: unknown): boolean {
    return Reflect.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
}

function isInPlace(cloud: BerthCloud, wx: Wx): boolean {
    return (wx.cloud as BerthCloud | undefined)?.callContainer === cloud.callContainer;
}
