using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using Net.Api.Clients;
using Net.Labs.Compose.Models;
using Net.Labs.Compose.Running;
using Net.Labs.Lessons;
using Net.Labs.Lessons.Models;
using Net.Labs.Programs;
using Net.Linux.Processes;

namespace Net.Labs.Worlds;

/// <summary>Brings a lab up: hosts, the links between them, a daemon in each, the projects, the faults.</summary>
public sealed class WorldStart
{
    private const int TokenLength = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan DaemonPatience = TimeSpan.FromMinutes(2);

    private readonly Lab _lab;
    private readonly ILabReport _report;
    private readonly World _world;
    private readonly Lock _turn = new();

    private WorldStart(Lab lab, ILabReport report)
    {
        (_lab, _report) = (lab, report);
        _world = new World(lab, new WorldState
        {
            Name = lab.NameWhenUp,
            Token = Guid.NewGuid().ToString("N")[..TokenLength],
            Folder = lab.Folder,
        });
    }

    /// <summary>Brings a lab up. When that fails or is interrupted, nothing of it is left.</summary>
    /// <exception cref="FormatException">A program that it needs is not there, the lab is up already, or a part does not come
    /// up.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static async Task<World> RunAsync(Lab lab, ILabReport report, CancellationToken cancellationToken)
    {
        RequireRoot();
        if (lab.Folder.StartsWith("/run/", StringComparison.Ordinal))
        {
            throw new FormatException($"the lab's folder {lab.Folder} is below /run, which its hosts do not see: copy it elsewhere");
        }

        if (lab.Needs.FirstOrDefault(need => ProgramRun.Find(need.Program) is null) is { } missing)
        {
            throw new Yaml.FileFaultException(
                missing.Place, $"{missing.Program} is not on this machine: install it with \"apt-get install {missing.Package}\"");
        }

        ThisProcess.KeepDescriptors();
        var start = new WorldStart(lab, report);
        WorldFiles.Take(start._world.State.Name);
        try
        {
            await start.RunAsync(cancellationToken);
            return start._world;
        }
        catch (Exception error)
        {
            bool isEnded = WorldFiles.IsEnding(start._world.State) || start._world.State.Hosts.Any(host => !host.IsUp);
            await WorldStop.RunAsync(start._world.State);
            if (isEnded && error is not OperationCanceledException)
            {
                throw new FormatException(
                    $"the lab {start._world.State.Name} was ended while it came up ({error.Message}): start it again", error);
            }

            throw;
        }
    }

    /// <summary>Refuses whoever cannot make hosts or enter them.</summary>
    /// <exception cref="FormatException">This process is not root's.</exception>
    public static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new FormatException("labs are made of network namespaces, which need root: use sudo");
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        _world.Remember(_world.State);
        _report.Stage("hosts");
        await TogetherAsync(_lab.Hosts.Select(host => host.Name).Append(LabReader.SwitchName), BootAsync, cancellationToken);
        _report.Stage("links");
        await SwitchAsync(cancellationToken);
        await TogetherAsync(_lab.Hosts, JoinAsync, cancellationToken);
        await TogetherAsync(_lab.Hosts, SetUpAsync, cancellationToken);

        _report.Stage("daemons");
        await TogetherAsync(_lab.Hosts.Where(host => host.HasDaemon), StartDaemonAsync, cancellationToken);
        if (_lab.Projects.Count > 0)
        {
            _report.Stage("services");
            await TogetherAsync(_lab.Projects, BringUpAsync, cancellationToken);
        }

        foreach (LabCommand command in _lab.Faults)
        {
            await PrepareAsync(command, "faults", cancellationToken);
        }

        _world.Remember(_world.State with { IsReady = true });
    }

    // The first failure ends the others, and is told when none is at work any more.
    private static async Task TogetherAsync<T>(
        IEnumerable<T> items, Func<T, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? first = null;
        await Task.WhenAll(items.Select(async item =>
        {
            try
            {
                await work(item, stop.Token);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref first, error, null);
                await stop.CancelAsync();
            }
        }));
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private async Task BootAsync(string name, CancellationToken cancellationToken)
    {
        var names = new StringBuilder("127.0.0.1 localhost\n::1 localhost\n");
        foreach (LabLinkEnd end in _lab.Links.SelectMany(link => link.Ends))
        {
            foreach (string address in end.Addresses)
            {
                names.Append(CultureInfo.InvariantCulture, $"{address.Split('/')[0]} {end.Host}\n");
            }
        }

        HostProcess host = await HostBoot.RunAsync(
            _world.State, name, names.ToString(), HostShell.EnvironmentIn(_lab.Folder), cancellationToken);
        lock (_turn)
        {
            _world.Remember(name == LabReader.SwitchName
                ? _world.State with { Switch = host }
                : _world.State with { Hosts = [.. _world.State.Hosts, host] });
        }
    }

    // A bridge a link, in a namespace of its own; a port of it and the host's interface are a pair (veth(4)).
    private async Task SwitchAsync(CancellationToken cancellationToken)
    {
        var input = new StringBuilder();
        int port = 0;
        foreach (LabLink link in _lab.Links)
        {
            string mtu = link.Mtu is { } bytes ? string.Create(CultureInfo.InvariantCulture, $" mtu {bytes}") : "";
            input.Append(
                CultureInfo.InvariantCulture, $"link add {link.Name} type bridge mcast_snooping 0\nlink set {link.Name}{mtu} up\n");
            foreach (LabLinkEnd end in link.Ends)
            {
                int target = _world.Host(end.Host).ProcessId;
                input.Append(
                    CultureInfo.InvariantCulture,
                    $"link add port.{++port}{mtu} type veth peer name {link.Name}{mtu} netns {target}\n"
                        + $"link set port.{port} master {link.Name} up\n");
            }
        }

        // The process IDs are the machine's, so that the program must not be in the namespace of process IDs of a host.
        HostProcess host = _world.State.Switch!;
        Seen seen = await ProgramRun.RunAsync(
            "nsenter", [$"--target={host.ProcessId}", "--net", "--", "ip", "-batch", "-"],
            HostShell.EnvironmentIn(_lab.Folder), input.ToString(), cancellationToken);
        if (seen.ExitCode != 0)
        {
            throw new FormatException($"the links between the hosts cannot be made: {seen.Output.ReplaceLineEndings("; ")}");
        }
    }

    private async Task JoinAsync(LabHost host, CancellationToken cancellationToken)
    {
        HostShell shell = _world.ShellOf(host.Name);
        var input = new StringBuilder();
        foreach (LabLink link in _lab.Links)
        {
            if (link.Ends.FirstOrDefault(end => end.Host == host.Name) is not { } end)
            {
                continue;
            }

            foreach (string address in end.Addresses)
            {
                // Nobody else has it: duplicates need not be looked for (RFC 4862, 5.4), so that it can be used at once.
                string noDetection = address.Contains(':', StringComparison.Ordinal) ? " nodad" : "";
                input.Append(CultureInfo.InvariantCulture, $"address add {address} dev {link.Name}{noDetection}\n");
            }

            input.Append(CultureInfo.InvariantCulture, $"link set {link.Name} up\n");
        }

        foreach ((string destination, string hop) in host.Routes)
        {
            input.Append(CultureInfo.InvariantCulture, $"route add {destination} via {hop}\n");
        }

        if (host.Sysctls.Count > 0)
        {
            string settings = string.Concat(host.Sysctls.Select(pair => $"{pair.Key.Replace('.', '/')} {pair.Value}\n"));
            const string Write = "while read -r name value; do echo \"$value\" >\"/proc/sys/$name\" || exit; done";
            await shell.RunAsync(["sh", "-c", Write], settings, cancellationToken);
        }

        await shell.RunAsync(["ip", "-batch", "-"], input.ToString(), cancellationToken);
    }

    private async Task SetUpAsync(LabHost host, CancellationToken cancellationToken)
    {
        foreach (LabCommand command in host.Setup)
        {
            await PrepareAsync(command, "setup", cancellationToken);
        }
    }

    private async Task StartDaemonAsync(LabHost host, CancellationToken cancellationToken)
    {
        const string Start = "(netctl daemon \"$@\" >/var/log/netctl.log 2>&1 </dev/null; echo $? >/run/.host/ended) >/dev/null 2>&1 &";
        await _world.ShellOf(host.Name).RunAsync(["sh", "-c", Start, "sh", .. host.DaemonOptions!], "", cancellationToken);
        string root = _world.Host(host.Name).Root;
        using var client = new ApiClient(_world.DaemonOf(host.Name));
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await client.GetVersionAsync(cancellationToken);
                return;
            }
            catch (DaemonUnreachableException)
            {
                _world.Host(host.Name); // throws when the lab has been ended meanwhile
                if (File.Exists($"{root}/run/.host/ended") || TimeProvider.System.GetElapsedTime(began) > DaemonPatience)
                {
                    string log = File.Exists($"{root}/var/log/netctl.log") ? File.ReadAllText($"{root}/var/log/netctl.log") : "";
                    throw new FormatException(
                        $"{host.Place}: the daemon of the host {host.Name} does not start: {log.Trim().ReplaceLineEndings("; ")}");
                }

                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private async Task BringUpAsync(KeyValuePair<string, ComposeProject> project, CancellationToken cancellationToken)
    {
        using var client = new ApiClient(_world.DaemonOf(project.Key));
        await new ComposeUp(client, _report, project.Value).RunAsync(cancellationToken);
    }

    private async Task PrepareAsync(LabCommand command, string key, CancellationToken cancellationToken)
    {
        (Seen seen, string? difference) = await _world.RunAsync(command, cancellationToken);
        if (difference is not null)
        {
            throw new Yaml.FileFaultException(
                command.Place, $"{key}: {command.Text} on {command.Prompt}: {difference}: {seen.Output.ReplaceLineEndings("; ")}");
        }
    }
}
