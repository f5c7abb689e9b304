using System.CommandLine;

namespace Net.Cli.Projects;

/// <summary><c>netctl compose</c>: the verbs for projects of Compose files.</summary>
internal static class ProjectNoun
{
    public static Command Create()
    {
        var flags = new ProjectFlags();
        var noun = new Command("compose", "Bring up the networks and commands of Compose files, and take them down")
        {
            new ProjectUp(flags),
            new ProjectDown(flags),
            new ProjectList(flags),
            new ProjectLogs(flags),
            new ProjectPort(flags),
            new ProjectConfig(flags),
        };
        flags.AddTo(noun);
        return noun;
    }
}
