/**
 * Cloud functions: their versions, the hosts they run in, invocations, the admin protocol of wx-server-sdk, timers.
 * {@link Functions} is the room as the server sees it. Behind it are five ways through the room; the names of
 * the classes say on which of them they are.
 *
 * <p><b>An invocation</b>, from top to bottom in {@link InvocationRun}: {@link Invocations} gives it a
 * virtual thread; {@link EventLimits} and {@link FunctionConcurrency} let it pass or not; {@link InvocationEvent},
 * {@link InvocationContext} and {@link InvocationVariables} are what the function is given, {@link InvocationSecrets} among them; a
 * {@link HostSource} leases it a {@link FunctionHost}; while it runs it is one of the {@link RunningInvocations};
 * {@link InvocationLines} and {@link InvocationReports} are what its log gets. An {@link InvocationFailure} ends it early.
 *
 * <p><b>A host</b>, from its start to its end: {@link Hosts} has a {@link HostPool} for each version, with
 * its {@link HostSet}, {@link WaitingInvocations}, {@link HostStarts}, {@link WarmHosts} and {@link HostLifecycle}, all under one lock;
 * {@link HostMemory} watches over them together. {@link HostStarter} starts a process ({@link NodeLauncher}, {@link HostScript},
 * {@link HostVariables}; {@link CompiledCode} and {@link StartupSnapshots} make it faster); {@link HostLink} speaks with it ({@link HostCommand} and
 * {@link HostInvocation} one way, {@link HostFrame} by {@link FrameReader} the other: {@link HostLoading}, {@link HostOutcome},
 * {@link HostLog}); {@link HostVoice} hears what it says besides; {@link HostEnding} is its end. {@link InspectedHost} is one
 * outside the pools, with a debugger.
 *
 * <p><b>A deployment</b>, from top to bottom in {@link FunctionDeployer}: unpacked; {@link FunctionConfig}
 * and {@link HandlerFile} say what was sent, {@link Dependencies} what is missing ({@link ModuleRecipe}, {@link OwnModules},
 * {@link NpmSurroundings}), {@link FunctionDigest} whether anything is new; {@link ModuleSets} has the modules that functions
 * share; {@link FunctionFiles} and {@link FunctionVersions} place the version and make it live. Then {@link Hosts} lets the
 * hosts of the one before go.
 *
 * <p><b>What a function asks</b> of the platform while it runs ({@link Admin}): {@link AdminBody} reads it
 * into {@link AdminFields}; {@link Recognition} finds the {@link LiveInvocation} whose credentials it bears
 * ({@link AdminSignature}, {@link BodySignature}, {@link CrossAccount}); {@link OpenApiAction}, {@link WxApiAction} or
 * {@link InvokeAction} does it, the first two by {@link CloudCalls}, which hold the permissions, {@link SvrkitCalls} and
 * {@link OpenDataCall}; {@link AdminAnswers} are the forms of the answer.
 *
 * <p><b>A tick of a timer</b>: {@link Timers} looks into its {@link Schedule} of {@link ScheduledTrigger}s,
 * whose times {@link Cron} knows; {@link TickRunner} claims the tick and begins an invocation with a {@link TimerEvent}.
 */
@NullMarked
package dev.berth.functions;

import org.jspecify.annotations.NullMarked;
