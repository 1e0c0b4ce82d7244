import type { CloudIDConstructor } from './cloud-id.js';

/** `T` is what the body of the answer is parsed to. */
export interface CallContainerResult<T = any> {
    data: T;
    header: Record<string, any>;
    statusCode: number;
    cookies: string[];
    callID: string;
    errMsg: string;
}

export interface CallContainerOptions {
    path: string;
    config?: { env?: string };
    service?: string;
    header?: Record<string, any>;
    /** string, object, ArrayBuffer or a view of one */
    data?: any;
    method?: string;
    /** milliseconds; 1 to 15000 shorten the deadline */
    timeout?: number;
    dataType?: string;
    responseType?: string;
    followRedirect?: boolean;
    /** Everything else that `wx.request` takes is accepted and ignored. CH-12 */
    [ignored: string]: any;
}

export interface CallbacksOf<Result> {
    success?: (result: Result) => void;
    fail?: (error: { errMsg: string }) => void;
    complete?: (outcome: Result | { errMsg: string }) => void;
}

export type Callbacks<T = any> = CallbacksOf<CallContainerResult<T>>;

type AnyCallback<Result> =
    | Required<Pick<CallbacksOf<Result>, 'success'>>
    | Required<Pick<CallbacksOf<Result>, 'fail'>>
    | Required<Pick<CallbacksOf<Result>, 'complete'>>;

/** With any of the callbacks it returns nothing, without all of them a promise. CH-11 */
export interface CallContainer {
    <T = any>(options: CallContainerOptions & Callbacks<T> & AnyCallback<CallContainerResult<T>>): void;
    <T = any>(options: CallContainerOptions): Promise<CallContainerResult<T>>;
}

/** `T` is what the function returned. WT-67 */
export interface CallFunctionResult<T = any> {
    result: T;
    /** stands in the log of the function before each line of this invocation */
    requestID: string;
    errMsg: string;
}

export interface CallFunctionOptions {
    name: string;
    /** the event; CloudIDs at its top level are opened for the function. WT-71 */
    data?: object;
    config?: { env?: string };
    /** Everything else is accepted and ignored, such as `slow`. */
    [ignored: string]: any;
}

/** With any of the callbacks it returns nothing, without all of them a promise. */
export interface CallFunction {
    <T = any>(
        options: CallFunctionOptions & CallbacksOf<CallFunctionResult<T>> & AnyCallback<CallFunctionResult<T>>,
    ): void;
    <T = any>(options: CallFunctionOptions): Promise<CallFunctionResult<T>>;
}

export interface InitConfig {
    /** The object form names environments of other features and none for containers. */
    env?: string | object | null;
    traceUser?: boolean;
}

export interface InstanceOptions {
    resourceEnv: string;
    /** the app that owns the env; without it, or naming the caller's own, the env is the caller's. CH-137 */
    resourceAppid?: string;
    /** the calling app, where it is not the one given to `createCloud` or `install` */
    appid?: string;
    /** calls without a session, so without a user */
    identityless?: boolean;
    config?: object;
}

export interface CloudInstance {
    /** Of another app's env, it asks the owner, and rejects if that one refuses. CH-133 */
    init(): Promise<void>;
    callContainer: CallContainer;
    callFunction: CallFunction;
}

/** What WeChat gives to a page: `event.detail` of an open-data button, or what `wx.getWeRunData` gives. OA-31 */
export interface OpenDataDetail {
    encryptedData?: string;
    iv?: string;
    /** of user information, for what is in it is signed */
    rawData?: string;
    signature?: string;
    /** of a phone number: good once, for `/wxa/business/getuserphonenumber` */
    code?: string;
    errMsg?: string;
    /** That is how a button is named, see {@link BerthCloud.openData}. */
    kind?: never;
    [other: string]: any;
}

/** With what a service sends to `/wxa/getopendata`, within five minutes. */
export type WithCloudID<T> = Omit<T, 'cloudID'> & { cloudID: string };

/** What the simulator has buttons for. */
export type OpenDataKind = 'phoneNumber' | 'weRun' | 'userInfo';

/** Has the user press an open-data button of the app, and gives what WeChat then gives. */
export type PressButton = (kind: OpenDataKind, appid: string) => Promise<OpenDataDetail>;

export interface BerthCloud {
    /** Only the first call counts. */
    init(config?: InitConfig | string | null): void;
    Cloud: new (options: InstanceOptions) => CloudInstance;
    callContainer: CallContainer;
    callFunction: CallFunction;
    CloudID: CloudIDConstructor;
    /** The same with a CloudID for what is encrypted in it. Needs no `init`. */
    openData<T extends OpenDataDetail>(detail: T): Promise<WithCloudID<T>>;
    /** Presses the button first, where there is one: see `createCloud({button})`. */
    openData(button: { kind: OpenDataKind }): Promise<WithCloudID<OpenDataDetail>>;
    /**
     * Signs in now rather than with the first call. WeChat encrypts open data with the key of the last sign-in, so there has
     * to be one before the user presses the button.
     */
    signIn(): Promise<void>;
    /** Ends the session at the gateway; the next call signs in again. */
    signOut(): Promise<void>;
}
