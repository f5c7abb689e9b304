using System.CommandLine;
using Net.Cli.Completions;
using Net.Cli.Containers;
using Net.Cli.Daemons;
using Net.Cli.Dns;
using Net.Cli.Events;
using Net.Cli.Labs;
using Net.Cli.Manuals;
using Net.Cli.Networks;
using Net.Cli.Pictures;
using Net.Cli.Projects;

namespace Net.Cli.CommandLines;

/// <summary>The tree of all commands, and the global options.</summary>
internal sealed class CommandTree
{
    /// <summary>The option that names the daemon's socket, of netctl and of its daemon.</summary>
    public const string HostName = "--host";

    public CommandTree()
    {
        Root = new Command("netctl", "Make container networks, and see why a packet goes where it goes")
        {
            Host,
            DryRun,
            Version,
            NetworkNoun.Create(),
            ContainerNoun.Create(),
            new ContainerRun(),
            new ContainerCreate(),
            new ContainerExec(),
            new ContainerAttach(),
            new ContainerList(),
            new ContainerStart(),
            new ContainerStop(),
            new ContainerRestart(),
            new ContainerKill(),
            new ContainerPause(),
            new ContainerUnpause(),
            new ContainerProcesses(),
            new ContainerUsage(),
            new ContainerRename(),
            new ContainerUpdate(),
            new ContainerWait(),
            new ContainerRemove(),
            new ContainerLogs(),
            new ObjectInspect(),
            new ContainerPort(),
            new ContainerPublish(),
            new ContainerUnpublish(),
            ProjectNoun.Create(),
            LabNoun.Create(),
            DnsNoun.Create(),
            new VersionShow(),
            new InfoShow(),
            new DoctorRun(),
            new EventsFollow(),
            new GraphShow(),
            SystemNoun.Create(),
            new DaemonStart(),
            new CompletionShow(),
        };
        Root.Add(new HelpShow(Root));
        Root.Add(new ManualWrite(Root));
    }

    public Command Root { get; }

    public Option<string?> Host { get; } = Flags.One(
        HostName, "-H", "unix://PATH",
        "Socket of the daemon; the value of NETCTL_HOST, or else unix:///run/netctl/netctl.sock, when not given");

    public Option<bool> DryRun { get; } = Flags.Switch(
        "--dry-run", null,
        "Change nothing; print the commands that a person would type for create, connect, disconnect, run, rm, publish or unpublish");

    public Option<bool> Version { get; } = Flags.Switch("--version", "-v", "Print the version of netctl on one line");
}
