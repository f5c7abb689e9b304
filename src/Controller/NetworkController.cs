using Net.Cnm.DesiredState;
using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Recovery;
using Net.Controller.Requests;
using Net.Controller.Stores;

namespace Net.Controller;

/// <summary>The one door to networks, endpoints and sandboxes: every method is one operation, and all that change something go one after the other.</summary>
/// <remarks>
/// References are a full id, an exact name or a unique id prefix, in this order. Safe to call from several threads. Every operation that fails leaves
/// everything as it was. Throws <see cref="CnmException"/> only: NotFound for an unknown reference, InvalidParameter for an ambiguous one.
/// </remarks>
public sealed class NetworkController : IAsyncDisposable
{
    /// <summary>Puts the parts together; nothing happens before <see cref="RecoverAsync"/>.</summary>
    public NetworkController(
        ControllerOptions options,
        INetctlStore store,
        IReadOnlyList<INetworkDriver> drivers,
        IReadOnlyList<IIpamDriver> ipamDrivers,
        IDesiredStateEngine engine,
        ISandboxProcesses processes,
        IControllerLog log,
        TimeProvider time)
    {
    }

    /// <summary>Everything as it is at this moment, for reading; it does not change any more.</summary>
    public ModelSnapshot Snapshot => throw new NotImplementedException();

    /// <summary>All networks, by name.</summary>
    public IReadOnlyList<Network> Networks => Snapshot.Networks;

    /// <summary>All containers, the newest first.</summary>
    public IReadOnlyList<Sandbox> Sandboxes => Snapshot.Sandboxes;

    /// <summary>The network of this reference.</summary>
    public Network FindNetwork(string reference) => Snapshot.FindNetwork(reference);

    /// <summary>The container of this reference.</summary>
    public Sandbox FindSandbox(string reference) => Snapshot.FindSandbox(reference);

    /// <summary>The endpoints on a network, of stopped containers too.</summary>
    public IReadOnlyList<Endpoint> EndpointsOf(NetworkId network) => Snapshot.EndpointsOf(network);

    /// <summary>The endpoints of a container in the order of connection.</summary>
    public IReadOnlyList<Endpoint> EndpointsOf(SandboxId sandbox) => Snapshot.EndpointsOf(sandbox);

    /// <summary>Brings store, kernel and processes together; call once, first. Traffic of running containers is not interrupted.</summary>
    public Task<RecoverySummary> RecoverAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Creates a network.</summary>
    public Task<Network> CreateNetworkAsync(NetworkCreateRequest request, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What <see cref="CreateNetworkAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainCreateNetworkAsync(NetworkCreateRequest request, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Removes a network without endpoints and returns what it was.</summary>
    public Task<Network> RemoveNetworkAsync(string reference, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What <see cref="RemoveNetworkAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainRemoveNetworkAsync(string reference, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Joins a container to one more network.</summary>
    public Task<Endpoint> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What <see cref="ConnectAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainConnectAsync(ConnectRequest request, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Takes a container off a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sandbox">The container.</param>
    /// <param name="force">Whether it is no error when the container is not on the network.</param>
    public Task DisconnectAsync(string network, string sandbox, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What <see cref="DisconnectAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainDisconnectAsync(string network, string sandbox, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Creates a container with its network stack, its command not started.</summary>
    public Task<SandboxCreated> CreateSandboxAsync(SandboxCreateRequest request, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What <see cref="CreateSandboxAsync"/>, and <see cref="StartSandboxAsync"/> when there is a command, would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainCreateSandboxAsync(SandboxCreateRequest request, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Starts a container's command; for one that had ended its network stack is made first.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="attach">Whether to connect to its streams from the first byte on.</param>
    /// <returns>The streams, or null without <paramref name="attach"/>.</returns>
    /// <exception cref="CnmException">CommandNotFound, CommandNotExecutable: the container is as it was before. Conflict: it runs already, or has no command.</exception>
    public Task<IProcessStreams?> StartSandboxAsync(string reference, bool attach, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Ends a container's command and all it left running, and gives addresses and ports back. Nothing happens when it does not run.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="grace">How long it has before SIGKILL.</param>
    /// <param name="signal">The first signal; null for SIGTERM.</param>
    public Task StopSandboxAsync(string reference, TimeSpan grace, int? signal, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What <see cref="StopSandboxAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainStopSandboxAsync(string reference, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Sends a signal to a running container's command.</summary>
    public Task SignalSandboxAsync(string reference, int signal, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Removes a container.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="force">Whether a running one is killed first; otherwise that is a Conflict.</param>
    public Task RemoveSandboxAsync(string reference, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What <see cref="RemoveSandboxAsync"/> would do, as commands.</summary>
    public Task<IReadOnlyList<string>> ExplainRemoveSandboxAsync(string reference, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Waits until a container does not run, and gives its exit code; 0 for one that never ran.</summary>
    public Task<int> WaitSandboxAsync(string reference, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Connects to the streams of a container's command: first what it wrote so far.</summary>
    public Task<IProcessStreams> AttachAsync(string reference, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Runs one more command in a container that is Created or Running. Environment variables that are not given come from the container.</summary>
    public Task<IProcessStreams> ExecAsync(string reference, ProcessConfig command, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The lines that a container's command wrote, oldest first. NotFound is thrown at once, not at the first line.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="follow">Whether to go on until it ends.</param>
    public IAsyncEnumerable<LogLine> ReadLogAsync(string reference, bool follow, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Holds everything that should be against what is, changing nothing.</summary>
    public Task<StateDifference> DiffAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Makes good what <see cref="DiffAsync"/> finds.</summary>
    /// <returns>What could not be mended, in words.</returns>
    public Task<IReadOnlyList<string>> MendAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Kills and removes every container, removes every network, predefined ones too, and puts the host's settings back to their prior values.</summary>
    /// <returns>What could not be removed or put back, in words.</returns>
    /// <remarks>The daemon is to be ended afterwards; <see cref="RecoverAsync"/> of the next one makes the predefined networks again.</remarks>
    public Task<IReadOnlyList<string>> ResetAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Stops watching; containers and their network go on.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
