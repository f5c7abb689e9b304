using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>The folder that the relative paths of a project begin in.</summary>
/// <param name="Path">The absolute path.</param>
internal sealed record ComposeFolder(string Path)
{
    /// <summary>Reads a file that a Compose file names.</summary>
    /// <param name="name">Its path, absolute or from here.</param>
    /// <param name="place">Where it is named.</param>
    /// <param name="key">The key that names it.</param>
    /// <param name="isRequired">Whether it has to be there.</param>
    /// <returns>Its text; null when it is not there and need not be.</returns>
    /// <exception cref="FileFaultException">It cannot be read.</exception>
    public string? Read(string name, Place place, string key, bool isRequired)
    {
        string path = System.IO.Path.Combine(Path, name);
        try
        {
            return !isRequired && !File.Exists(path) ? null : File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FileFaultException(place, $"{key}: the file {path} cannot be read ({ReasonOf(error)}): name one that can", error);
        }
    }

    // .NET's own sentence has the path in it once more.
    private static string ReasonOf(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it is not there",
        UnauthorizedAccessException => "permission denied",
        _ => error.Message.TrimEnd('.'),
    };
}
