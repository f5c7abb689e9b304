namespace Net.Labs.Compose.Reading;

/// <summary>Finds the files of a project.</summary>
internal static class ComposeFiles
{
    private static readonly string[] Names = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

    /// <summary>The files, in the order in which they are laid over each other.</summary>
    /// <exception cref="FormatException">There is none, or one that was named is not there.</exception>
    public static IReadOnlyList<string> Of(ComposeSource source)
    {
        IReadOnlyList<string> named = source.Files.Count > 0
            ? source.Files
            : source.Environment("COMPOSE_FILE")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        foreach (string file in named)
        {
            if (!File.Exists(Path.Combine(source.WorkingDirectory, file)))
            {
                throw new FormatException($"the Compose file {file} is not there: give the path of one after -f");
            }
        }

        return named.Count > 0 ? named : Found(source.WorkingDirectory);
    }

    private static string[] Found(string workingDirectory)
    {
        for (string? folder = workingDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } file)
            {
                string[] all = [file, .. OverrideOf(file)];
                return folder == workingDirectory ? [.. all.Select(path => Path.GetFileName(path))] : all;
            }
        }

        throw new FormatException(
            $"there is no Compose file in {workingDirectory} or above it: write compose.yaml, or give the path of one after -f");
    }

    private static IEnumerable<string> OverrideOf(string file)
    {
        string name = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file));
        return new[] { $"{name}.override.yaml", $"{name}.override.yml" }.Where(File.Exists).Take(1);
    }
}
