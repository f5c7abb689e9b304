using System.Formats.Tar;

namespace Net.Labs.Machines;

/// <summary>The folders of labs as one tar archive, a folder a lab.</summary>
internal sealed class LabArchive
{
    private readonly IReadOnlyList<string> _folders;

    /// <summary>Describes the archive; nothing is read.</summary>
    /// <exception cref="FormatException">Two labs have the same name.</exception>
    public LabArchive(IReadOnlyList<string> folders)
    {
        _folders = [.. folders.Distinct()];
        Names = [.. folders.Select(NameOf)];
        if (_folders.GroupBy(NameOf).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new FormatException($"two labs are called {twice.Key}, {string.Join(" and ", twice)}: run one after the other");
        }
    }

    /// <summary>The names of the labs in the archive, in the order of the folders that were given.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Writes the archive.</summary>
    public async Task WriteAsync(Stream stream)
    {
        await using var archive = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        foreach (string folder in _folders)
        {
            string parent = Path.GetDirectoryName(folder)!;
            await archive.WriteEntryAsync(folder, NameOf(folder));
            foreach (string file in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal))
            {
                await archive.WriteEntryAsync(file, Path.GetRelativePath(parent, file));
            }
        }
    }

    private static string NameOf(string folder) => Path.GetFileName(folder);
}
