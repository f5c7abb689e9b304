using System.Formats.Tar;
using System.IO.Enumeration;
using Net.Linux;

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

    /// <summary>Writes the archive. A symbolic link is an entry of its own and is not followed, but where it is the folder of a
    /// lab.</summary>
    /// <exception cref="FormatException">A file cannot be read, or is of a kind that no archive carries, such as a Unix socket; the message
    /// names it.</exception>
    public async Task WriteAsync(Stream stream)
    {
        await using var archive = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        foreach (string folder in _folders)
        {
            string real = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder;
            await WriteAsync(archive, real, NameOf(folder));
            foreach (string file in FilesBelow(real).Order(StringComparer.Ordinal))
            {
                await WriteAsync(archive, file, Path.Combine(NameOf(folder), Path.GetRelativePath(real, file)));
            }
        }
    }

    private static async Task WriteAsync(TarWriter archive, string file, string name)
    {
        try
        {
            await archive.WriteEntryAsync(file, name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && DiskFault.Describe(error, file) is null)
        {
            throw new FormatException(
                $"{file} cannot be sent to a virtual machine ({error.Message.TrimEnd('.')}): remove it, or move it out of the lab's folder",
                error);
        }
    }

    private static IEnumerable<string> FilesBelow(string folder) => new FileSystemEnumerable<string>(
        folder,
        static (ref FileSystemEntry entry) => entry.ToFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None })
    {
        ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
    };

    private static string NameOf(string folder) => Path.GetFileName(folder);
}
