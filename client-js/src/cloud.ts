import { Channel, type Target } from './channel.js';
import { CloudID } from './cloud-id.js';
import { endpointOf } from './endpoint.js';
import { notEnabled } from './errors.js';
import { OpenData } from './open-data.js';
import type {
    BerthCloud,
    CallContainer,
    CallContainerOptions,
    CallFunction,
    CallFunctionOptions,
    CloudInstance,
    InitConfig,
    InstanceOptions,
    OpenDataDetail,
    OpenDataKind,
    PressButton,
} from './options.js';
import { Routes } from './routes.js';
import { Session, type Login } from './session.js';
import { twoFaced } from './settle.js';
import type { Transport } from './transport.js';

export interface Settings {
    endpoint: string;
    appid: string;
    login: Login;
    /** presses an open-data button where there is no WeChat that would; the simulator does */
    button?: PressButton;
    /** the env of calls that name none */
    env?: string;
    transport: Transport;
}

/** An object shaped like `wx.cloud`, with all its calls going to one gateway. */
export function cloudOf(settings: Settings): BerthCloud {
    const endpoint = endpointOf(settings.endpoint);
    const channel = new Channel(endpoint, settings.transport);
    const routes = new Routes(endpoint, settings.transport);
    const sessions = new Map<string, Session>();
    let initialised = false;
    let env = settings.env;

    function sessionOf(appid: string): Session {
        let session = sessions.get(appid);
        if (session === undefined) {
            session = new Session(routes, appid, settings.login);
            sessions.set(appid, session);
        }
        return session;
    }

    function targetOf(options: { config?: { env?: string } }): Target {
        return { env: options.config?.env || env, session: sessionOf(settings.appid) };
    }

    return {
        // CH-14
        init(config) {
            if (!initialised) {
                initialised = true;
                env = envOf(config) ?? env;
            }
        },
        Cloud: instancesOf(channel, settings.appid, sessionOf),
        callContainer: twoFaced<CallContainer>(async (options: CallContainerOptions) => {
            requireInit(initialised);
            return channel.call(options, targetOf(options));
        }),
        callFunction: twoFaced<CallFunction>(async (options: CallFunctionOptions) => {
            requireInit(initialised);
            return channel.invoke(options, targetOf(options));
        }),
        CloudID,
        openData(source: OpenDataDetail | { kind: OpenDataKind }) {
            const openData = new OpenData(routes, sessionOf(settings.appid));
            return typeof source?.kind === 'string'
                ? openData.pressed(source.kind, settings.appid, settings.button)
                : openData.of(source);
        },
        async signIn() {
            await sessionOf(settings.appid).current();
        },
        async signOut() {
            await Promise.all([...sessions.values()].map((session) => session.end()));
        },
    };
}

function instancesOf(channel: Channel, ownAppid: string, sessionOf: (appid: string) => Session) {
    // CH-15
    return class Cloud implements CloudInstance {
        readonly callContainer: CallContainer;
        readonly callFunction: CallFunction;
        private readonly target: Target;
        private initialised = false;

        constructor(options: InstanceOptions) {
            this.target = instanceTargetOf(options, ownAppid, sessionOf);
            this.callContainer = twoFaced(async (call: CallContainerOptions) => {
                requireInit(this.initialised);
                return channel.call(call, this.target);
            });
            this.callFunction = twoFaced(async (call: CallFunctionOptions) => {
                requireInit(this.initialised);
                return channel.invoke(call, this.target);
            });
        }

        // CH-136: not before the caller's next turn, as with WeChat, where it takes a request.
        async init(): Promise<void> {
            await Promise.resolve();
            this.initialised = true;
            if (this.target.resourceAppid && this.target.session) {
                await channel.enter(this.target); // CH-133
            }
        }
    };
}

function instanceTargetOf(options: InstanceOptions, ownAppid: string, sessionOf: (appid: string) => Session): Target {
    if (!options?.resourceEnv) {
        throw new Error('resourceEnv must be provided');
    }
    const appid = options.appid || ownAppid;
    return {
        env: options.resourceEnv, // CH-1
        resourceAppid: options.resourceAppid === appid ? undefined : options.resourceAppid, // CH-137
        session: options.identityless ? undefined : sessionOf(appid),
    };
}

function envOf(config: InitConfig | string | null | undefined): string | undefined {
    const env = typeof config === 'string' ? config : config?.env;
    return typeof env === 'string' && env !== '' ? env : undefined;
}

// CH-16
function requireInit(initialised: boolean): void {
    if (!initialised) {
        throw notEnabled();
    }
}
