using System.Text.Json;

namespace Net.Labs.Worlds;

/// <summary>The files of the labs that are up: a folder each below <c>/run/netlab</c>, root's alone.</summary>
public static class WorldFiles
{
    private const string Root = "/run/netlab";
    private const string TakenFile = "taken";
    private const string StateFile = "state.json";
    private const string EndingFile = "ending";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Takes a name for a lab that is to come up.</summary>
    /// <exception cref="FormatException">It is taken.</exception>
    /// <exception cref="UnauthorizedAccessException">This process is not root's.</exception>
    internal static void Take(string name)
    {
        string folder = Path.Combine(Root, name);
        Directory.CreateDirectory(Root, Private);
        Directory.CreateDirectory(folder, Private); // the other one may have been removed meanwhile
        File.SetUnixFileMode(Root, Private);
        try
        {
            new FileStream(Path.Combine(folder, TakenFile), FileMode.CreateNew).Dispose(); // O_EXCL: one of two wins
        }
        catch (IOException error) when (File.Exists(Path.Combine(folder, TakenFile)))
        {
            throw new FormatException($"the lab {name} is up already: end it with \"netctl lab stop {name}\"", error);
        }
    }

    /// <summary>Writes what is remembered, as a whole or not at all.</summary>
    internal static void Write(WorldState state)
    {
        string file = Path.Combine(Root, state.Name, StateFile);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(state, WorldJson.Default.WorldState));
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>Records that a lab is being ended, before the first of its hosts is: whoever brings it up at the same time sees only that
    /// a command fails, at any moment between the death of that command and the death of its host.</summary>
    internal static void MarkEnding(WorldState state)
    {
        string folder = Path.Combine(Root, state.Name);
        try
        {
            if (IsOf(state, folder))
            {
                File.WriteAllText(Path.Combine(folder, EndingFile), "");
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Another one has ended it meanwhile.
        }
    }

    /// <summary>Whether a lab is being ended, or has been.</summary>
    internal static bool IsEnding(WorldState state)
    {
        string folder = Path.Combine(Root, state.Name);
        return File.Exists(Path.Combine(folder, EndingFile)) || Read(folder).Token != state.Token;
    }

    /// <summary>The labs that are up, in the order of their names; also one that is half up, since whoever started it was killed. None for
    /// others than root, who may not look.</summary>
    public static IReadOnlyList<WorldState> ReadAll() => Environment.IsPrivilegedProcess && Directory.Exists(Root)
        ? [.. Directory.EnumerateDirectories(Root).Order(StringComparer.Ordinal).Select(Read)]
        : [];

    /// <summary>Forgets a lab whose hosts have ended; one of its name that has come up meanwhile stays.</summary>
    internal static void Remove(WorldState state)
    {
        string folder = Path.Combine(Root, state.Name);
        try
        {
            if (IsOf(state, folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.Delete(Root);
        }
        catch (IOException) when (!Directory.Exists(folder) || Read(folder).Token != state.Token)
        {
            // There are others, or whoever brings it up and whoever ends it meanwhile both clean up.
        }
    }

    // One without a token was cut off before its state was written.
    private static bool IsOf(WorldState state, string folder) =>
        Read(folder).Token is var token && (token.Length == 0 || token == state.Token);

    private static WorldState Read(string folder)
    {
        var unknown = new WorldState { Name = Path.GetFileName(folder), Folder = "" };
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(folder, StateFile)), WorldJson.Default.WorldState) ?? unknown;
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            return unknown; // it was cut off before it was written, or is not ours to read
        }
    }
}
