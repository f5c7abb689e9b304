using Net.Api.Texts;

namespace Net.Labs.Lessons;

/// <summary>Where labs are found.</summary>
/// <remarks>The first of these that is there: the folder that the variable NETCTL_LABS names; <c>netlab/labs</c> of the working directory
/// or of a folder above it, or of a folder above the program, as in a clone; <c>/usr/share/netctl/labs</c>.</remarks>
public static class LabFolders
{
    private const string Variable = "NETCTL_LABS";
    private const string Installed = "/usr/share/netctl/labs";

    /// <summary>The folder of the labs; null when there is none.</summary>
    public static string? Root(Func<string, string?> environment) =>
        environment(Variable) is { Length: > 0 } named ? Path.GetFullPath(named)
        : Above(Environment.CurrentDirectory) ?? Above(AppContext.BaseDirectory) ?? (Directory.Exists(Installed) ? Installed : null);

    /// <summary>The folders of all labs, in the order of their names.</summary>
    /// <exception cref="FormatException">There are none.</exception>
    public static IReadOnlyList<string> All(Func<string, string?> environment)
    {
        string[] all = Root(environment) is { } root && Directory.Exists(root)
            ? [.. Directory.EnumerateDirectories(root).Where(IsLab).Order(StringComparer.Ordinal)]
            : [];
        return all.Length > 0 ? all : throw new FormatException(
            $"there are no labs here: go to a clone of netctl, or name the folder of the labs in {Variable}");
    }

    /// <summary>The folder of one lab.</summary>
    /// <param name="named">Its path, its name, or the number that its name begins with.</param>
    /// <param name="environment">Gives a variable of the process, or null.</param>
    /// <exception cref="FormatException">There is no such lab.</exception>
    public static string Find(string named, Func<string, string?> environment)
    {
        if (IsLab(named))
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(named));
        }

        if (named.Contains('/', StringComparison.Ordinal) || Directory.Exists(named))
        {
            throw new FormatException($"there is no lab in {named}: give a folder that has a {LabReader.FileName}");
        }

        IReadOnlyList<string> all = All(environment);
        return LabName.Find(all, folder => Path.GetFileName(folder), named) ?? throw new FormatException(
            $"there is no lab \"{named}\"{Suggestion.Of(named, all.Select(folder => Path.GetFileName(folder)))}: "
                + "give a folder, or a name of \"netctl lab list\"");
    }

    private static bool IsLab(string folder) => File.Exists(Path.Combine(folder, LabReader.FileName));

    private static string? Above(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            string labs = Path.Combine(folder.FullName, "netlab", "labs");
            if (Directory.Exists(labs))
            {
                return labs;
            }
        }

        return null;
    }
}
