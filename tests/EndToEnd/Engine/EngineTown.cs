using System.Globalization;
using System.Text.Json;
using Net.Tests.EndToEnd.DockerComparison;
using Net.Tests.EndToEnd.Reachability;

namespace Net.Tests.EndToEnd.Engine;

/// <summary>A throw-away host with Debian's dockerd, our daemon as its network and IPAM driver, and a neighbour on the wire. It is made
/// once for the tests of a class; between them all containers and networks are removed.</summary>
public sealed class EngineTown : IDisposable
{
    // The folder is where the Engine looks for its plug-ins. Subnets that nobody names are beside those that tests name.
    private static readonly string[] DaemonArguments =
        ["--plugin-dir", "/run/docker/plugins", "--default-address-pool", "base=10.200.0.0/16,size=24"];

    private readonly Town _town;
    private readonly DockerDaemon _docker;
    private readonly string _empty;

    /// <summary>Starts both daemons.</summary>
    public EngineTown()
    {
        DockerDaemon? docker = null;
        try
        {
            _town = Town.Create(
                "iptables",
                prepare: host =>
                {
                    host.OwnEtc();
                    docker = DockerDaemon.Start(host);
                },
                flags: DaemonArguments);
            _docker = docker!;

            // What the first network of ours and of the Engine's changes for good is among what is there when there is nothing.
            Ok("network", "create", "-d", "netctl", "--ipam-driver", "netctl", "--ipv6", "first");
            Ok("network", "create", "-d", "bridge", "theirs");
            Ok("network", "rm", "first", "theirs");
            Host.DoctorIsContent();
            _empty = KernelState.Of(Host);
        }
        catch
        {
            docker?.Dispose();
            _town?.Dispose();
            throw;
        }
    }

    internal TestHost Host => _town.Host;

    /// <summary>Runs Docker's client.</summary>
    internal Output Docker(params string[] arguments) => _docker.Docker(arguments);

    /// <summary>Runs Docker's client and demands that it succeeds; gives standard output without its last line feed.</summary>
    internal string Ok(params string[] arguments)
    {
        Output output = _docker.Docker(arguments);
        Assert.True(output.ExitCode == 0, $"docker {string.Join(' ', arguments)}: {output}\n{Host.DaemonLog}");
        return output.StandardOutput.TrimEnd('\n');
    }

    /// <summary>Runs Docker's client and demands that it is refused; gives what it says.</summary>
    internal string Refused(params string[] arguments)
    {
        Output output = _docker.Docker(arguments);
        Assert.True(output.ExitCode != 0, $"docker {string.Join(' ', arguments)} is not refused: {output}");
        return output.StandardError;
    }

    /// <summary>Creates a network of ours, and gives its id.</summary>
    internal string Network(string name, params string[] flags) => Ok(["network", "create", "-d", "netctl", .. flags, name]);

    /// <summary>The names of all the Engine's networks.</summary>
    internal string[] NetworkNames() => Lines(Ok("network", "ls", "--format", "{{.Name}}"));

    /// <summary>Runs a container that does nothing, and makes a place of it.</summary>
    internal void Container(string name, params string[] flags)
    {
        Ok(["run", "-d", "--name", name, .. flags, DockerDaemon.Image, "sleep", "1000"]);
        Enter(name);
    }

    /// <summary>Makes a place of a container's network namespace: another one than before it was stopped.</summary>
    internal void Enter(string name) => _town.Enter(name, Pid(name));

    /// <summary>Makes a place of a container of netctl's own.</summary>
    internal void EnterOwn(string name) => _town.Enter(name, name);

    /// <summary>A field of a container, by a Go template.</summary>
    internal string Inspect(string container, string template) => Ok("inspect", "-f", template, container);

    /// <summary>A field of a container's endpoint, as the Engine has it.</summary>
    internal string EndpointField(string container, string network, string field) =>
        Inspect(container, $$$"""{{(index .NetworkSettings.Networks "{{{network}}}").{{{field}}}}}""");

    /// <summary>Runs a program of the host in the network namespace of a container.</summary>
    internal string In(string container, string command) => Host.Shell($"nsenter -t {Pid(container)} -n {command}");

    /// <summary>Runs a program of the host in the network namespace of a container, whatever becomes of it.</summary>
    internal Output Try(string container, params string[] command) =>
        Host.Run("nsenter", ["-t", $"{Pid(container)}", "-n", .. command]);

    /// <summary>What ip(8) says as JSON in a container.</summary>
    internal JsonElement IpIn(string container, string words) => JsonDocument.Parse(In(container, $"ip -j {words}")).RootElement;

    /// <summary>What ip(8) says as JSON on the host.</summary>
    internal JsonElement Ip(string words) => JsonDocument.Parse(Host.Shell($"ip -j {words}")).RootElement;

    /// <summary>The answer of the Engine's resolver to a container that asks for a name: addresses, one a line; empty for a name that it
    /// does not know, which it asks servers for that are not there.</summary>
    internal string Resolve(string container, string name, string type = "A") =>
        Try(container, "dig", "+short", "+time=1", "+tries=1", "@127.0.0.11", name, type) is { ExitCode: 0 } found
            ? found.StandardOutput.TrimEnd('\n')
            : "";

    /// <summary>Serves ports of a place on all its addresses.</summary>
    internal void Serve(string place, string protocol, params int[] ports) => _town.Serve(place, protocol, ports);

    /// <summary>Demands that everybody reaches just whom the table says.</summary>
    internal void AssertReach(string table)
    {
        IReadOnlyList<string> wrong = ReachTable.Parse(table).Check(_town);
        Assert.True(wrong.Count == 0, $"{string.Join('\n', wrong)}\n{Host.DaemonLog}");
    }

    /// <summary>A place that can be entered.</summary>
    internal Linux.NetworkNamespace PlaceOf(string name) => _town.PlaceOf(name);

    /// <summary>The published ports of the endpoint that a container has on a network, as <c>netctl port</c> shows them.</summary>
    internal string Ports(string container, string network) =>
        Host.Netctl("port", EndpointField(container, network, "EndpointID")).StandardOutput.TrimEnd('\n');

    /// <summary>Has our daemon die and start again.</summary>
    internal void RestartNetctl()
    {
        Host.KillDaemon();
        Host.StartDaemon(["--firewall-backend", "iptables", .. DaemonArguments]);
    }

    /// <summary>Removes all containers and networks.</summary>
    internal void Clear()
    {
        _town.Clear();
        string[] containers = Lines(Ok("ps", "-aq"));
        if (containers.Length > 0)
        {
            Ok(["rm", "-f", .. containers]);
        }

        string[] networks = Lines(Ok("network", "ls", "-q", "--filter", "type=custom"));
        if (networks.Length > 0)
        {
            Ok(["network", "rm", .. networks]);
        }
    }

    /// <summary>Removes all containers and networks, and demands that nothing of them is left.</summary>
    internal void AssertNothingIsLeft()
    {
        Clear();
        Host.DoctorIsContent();
        Assert.Equal(_empty, KernelState.Of(Host));
        Assert.Equal("", Host.NetctlOk("ps", "-aq"));
        Assert.Equal("", Host.NetctlOk("network", "ls", "-q", "--filter", "name=engine-"));
    }

    public void Dispose()
    {
        _docker.Dispose();
        _town.Dispose();
    }

    private int Pid(string container) => int.Parse(Inspect(container, "{{.State.Pid}}"), CultureInfo.InvariantCulture);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
