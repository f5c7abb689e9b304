namespace Net.Tests.EndToEnd.Dns;

/// <summary>A host with two containers on a network of both families, app and db, and one on an internal network, shut. Made once for the
/// tests of a class.</summary>
public sealed class NamesTown : IDisposable
{
    public NamesTown()
    {
        Host = TestHost.Create();
        Host.StartDaemon();
        Host.NetctlOk("network", "create", "--ipv6", "--subnet", "10.7.0.0/24", "--subnet", "fd00:7::/64", "net7");
        Host.NetctlOk("network", "create", "--internal", "--subnet", "10.8.0.0/24", "inner");
        Host.NetctlOk("run", "-d", "--name", "db", "--network", "net7", "sleep", "1000");
        Host.NetctlOk("run", "-d", "--name", "app", "--network", "net7", "sleep", "1000");
        Host.NetctlOk("run", "-d", "--name", "shut", "--network", "inner", "sleep", "1000");
    }

    public TestHost Host { get; }

    /// <summary>Runs a program in a container that must succeed; gives its lines.</summary>
    public string[] Lines(string container, params string[] command) => Host.NetctlOk(["exec", container, .. command]).Split('\n');

    /// <summary>Runs a program in a container, whatever becomes of it.</summary>
    public Output Try(string container, params string[] command) => Host.Netctl(["exec", container, .. command]);

    public void Dispose() => Host.Dispose();
}
