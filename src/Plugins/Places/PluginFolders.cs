using Net.Cnm.Errors;

namespace Net.Plugins.Places;

/// <summary>Looks for plug-ins where Docker does: for sockets in one folder, then for files that say where the plug-in answers.</summary>
/// <remarks>Source: <c>pkg/plugins/discovery.go</c> of moby, and its page on plug-in discovery.</remarks>
/// <param name="socketFolder">The folder of NAME.sock and NAME/NAME.sock; null for none.</param>
/// <param name="fileFolders">The folders of NAME.spec, NAME/NAME.spec, NAME.json and NAME/NAME.json.</param>
/// <param name="files">Reads these files.</param>
internal sealed class PluginFolders(string? socketFolder, IReadOnlyList<string> fileFolders, PluginFile files)
{
    /// <summary>All folders, for messages.</summary>
    public IEnumerable<string> All => socketFolder is null ? fileFolders : fileFolders.Prepend(socketFolder).Distinct();

    /// <summary>Where the plug-in of a name answers; null when there is none.</summary>
    /// <exception cref="CnmException">Unavailable: there is a file for it that makes no sense.</exception>
    public PluginPlace? Find(string name)
    {
        if (!IsName(name))
        {
            return null;
        }

        if (socketFolder is not null)
        {
            if (InFolder(socketFolder, name, "sock").FirstOrDefault(File.Exists) is { } socket)
            {
                return PluginPlace.Unix(socket);
            }
        }

        string? file = fileFolders
            .SelectMany(folder => InFolder(folder, name, "spec").Concat(InFolder(folder, name, "json")))
            .FirstOrDefault(Path.Exists);
        return file is null ? null : files.Read(file);
    }

    // A name is part of a path here.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= 128 && char.IsAsciiLetterOrDigit(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-');

    private static IEnumerable<string> InFolder(string folder, string name, string ending) =>
        [Path.Combine(folder, $"{name}.{ending}"), Path.Combine(folder, name, $"{name}.{ending}")];
}
