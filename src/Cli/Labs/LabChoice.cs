using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Labs.Lessons;
using Net.Labs.Worlds;

namespace Net.Cli.Labs;

/// <summary>The option that says which of the labs that are up is meant.</summary>
internal sealed class LabChoice
{
    private readonly Option<string?> _name = Flags.One("--lab", null, "NAME", "The lab, where more than one is up");

    public void AddTo(Command command) => command.Add(_name);

    /// <summary>The lab that is meant.</summary>
    /// <exception cref="FormatException">None is up, or it is not clear which one is meant.</exception>
    public World Read(ParseResult parsed) => Of(StateOf(parsed.GetValue(_name)));

    /// <summary>The lab of this name that is up; the only one when no name is given.</summary>
    public static WorldState StateOf(string? name)
    {
        WorldStart.RequireRoot();
        IReadOnlyList<WorldState> all = WorldFiles.ReadAll();
        string up = string.Join(", ", all.Select(state => state.Name));
        return (name, all.Count) switch
        {
            (_, 0) => throw new FormatException("no lab is up: start one with \"netctl lab start DIR\""),
            (null, 1) => all[0],
            (null, _) => throw new FormatException($"{all.Count} labs are up, {up}: say which one with --lab NAME"),
            _ => all.FirstOrDefault(state => IsIn(state, name)) ?? LabName.Find(all, state => state.Name, name)
                ?? throw new FormatException(
                $"the lab \"{name}\" is not up{Api.Texts.Suggestion.Of(name, all.Select(state => state.Name))}; these are: {up}"),
        };
    }

    private static World Of(WorldState state) => state.IsReady
        ? new World(LabReader.Read(state.Folder, Environment.GetEnvironmentVariable), state)
        : throw new FormatException(
            $"the lab {state.Name} is coming up, or has been cut off while it did: wait, or end it with \"netctl lab stop {state.Name}\"");

    private static bool IsIn(WorldState state, string folder) =>
        Directory.Exists(folder) && Path.GetFullPath(folder).TrimEnd('/') == state.Folder;
}
