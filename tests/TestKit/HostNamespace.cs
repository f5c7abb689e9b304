using System.Runtime.ExceptionServices;

using Net.Linux;
using Net.Netlink;

namespace Net.Tests.TestKit;

/// <summary>A throw-away host for one test: a thread with a network and a mount namespace of its own, where loopback is up.</summary>
/// <remarks>
/// The body runs on that thread, and programs it starts (<see cref="Command"/>) are in the same namespaces. /run is an empty tmpfs there,
/// so
/// <c>ip netns</c> works and leaves nothing. When the thread ends the kernel takes everything away, also after a failure. The body must not
/// await; sockets it opens are of the test's namespace and can be used from anywhere.
/// </remarks>
public sealed class HostNamespace : IDisposable
{
    private static readonly Lazy<bool> Primed = new(Prime);

    private HostNamespace()
    {
        Threads = new NamespaceThread();
    }

    /// <summary>Enters namespaces; its home is the test's.</summary>
    public NamespaceThread Threads { get; }

    /// <summary>A directory of the test's own, gone with it.</summary>
    public string Directory => "/run/test";

    /// <summary>Runs <paramref name="body"/> in a fresh host and throws what it throws.</summary>
    public static void Run(Action<HostNamespace> body)
    {
        _ = Primed.Value;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                ThreadIsolation.Enter();
                System.IO.Directory.CreateDirectory("/run/test");
                Command.Run("ip link set lo up");
                using var host = new HostNamespace();
                body(host);
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        })
        { Name = "test host" };
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>Makes a named namespace (also seen by <c>ip netns</c>) with loopback up.</summary>
    public NetworkNamespace NewNamespace(string name)
    {
        System.IO.Directory.CreateDirectory("/run/netns");
        NetworkNamespace created = Threads.Create($"/run/netns/{name}");
        Command.Run($"ip -n {name} link set lo up");
        return created;
    }

    /// <summary>A route connection to the host, or to <paramref name="target"/>.</summary>
    public NetlinkConnection OpenRoute(NetworkNamespace? target = null) =>
        NetlinkConnection.Open(NetlinkProtocol.Route, target ?? Threads.Home);

    /// <inheritdoc/>
    public void Dispose() => Threads.Dispose();

    private static bool Prime()
    {
        RuntimePrimer.Prime();
        Command.Run("true"); // starts the runtime's child-watching thread outside
        return true;
    }
}
