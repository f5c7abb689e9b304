using System.CommandLine;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary><c>netctl container</c>: the verbs for containers, which are verbs of their own too but for <c>prune</c>.</summary>
internal static class ContainerNoun
{
    private const string Name = "container";

    public static Command Create() => new(Name, "Make containers, look at them and remove them")
    {
        new NounVerb(Name, new ContainerRun()),
        new NounVerb(Name, new ContainerCreate()),
        new NounVerb(Name, new ContainerExec()),
        new NounVerb(Name, new ContainerList(), "ls", "list", "ps"),
        new ContainerInspect(),
        new NounVerb(Name, new ContainerStart()),
        new NounVerb(Name, new ContainerStop()),
        new NounVerb(Name, new ContainerRestart()),
        new NounVerb(Name, new ContainerKill()),
        new NounVerb(Name, new ContainerPause()),
        new NounVerb(Name, new ContainerUnpause()),
        new NounVerb(Name, new ContainerUpdate()),
        new NounVerb(Name, new ContainerRename()),
        new NounVerb(Name, new ContainerWait()),
        new NounVerb(Name, new ContainerRemove(), "rm", "remove"),
        new NounVerb(Name, new ContainerLogs()),
        new NounVerb(Name, new ContainerAttach()),
        new NounVerb(Name, new ContainerProcesses()),
        new NounVerb(Name, new ContainerUsage()),
        new NounVerb(Name, new ContainerPort()),
        new NounVerb(Name, new ContainerPublish()),
        new NounVerb(Name, new ContainerUnpublish()),
        new ContainerPrune(),
    };
}
