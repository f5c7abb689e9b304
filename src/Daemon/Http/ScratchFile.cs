using Net.Cnm.Errors;

namespace Net.Daemon.Http;

/// <summary>A file for the time of one request, in a folder of its own that root alone can enter; both go with it.</summary>
internal sealed class ScratchFile : IDisposable
{
    private const string Prefix = ".scratch-";

    private readonly DirectoryInfo _folder;

    /// <summary>Makes the folder; the file does not exist yet.</summary>
    /// <param name="parent">The folder in which it is made.</param>
    /// <exception cref="CnmException">Unavailable: it cannot be made; the disk may be full.</exception>
    public ScratchFile(string parent)
    {
        try
        {
            _folder = Directory.CreateDirectory(
                System.IO.Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N")),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (IOException error)
        {
            throw Unwritable(error);
        }
    }

    /// <summary>The path of the file.</summary>
    public string Path => System.IO.Path.Combine(_folder.FullName, "file");

    /// <summary>Removes what a daemon that was killed has left. What cannot be removed, such as on a disk that is read-only by now, stays
    /// for a later start.</summary>
    /// <param name="parent">The folder in which they are.</param>
    public static void RemoveLeftBehind(string parent)
    {
        foreach (string folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            TryRemove(new DirectoryInfo(folder));
        }
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="CnmException">Unavailable: it cannot be written; the disk may be full.</exception>
    public async Task WriteAsync(Stream content)
    {
        try
        {
            await using FileStream file = File.Create(Path);
            await content.CopyToAsync(file);
        }
        catch (IOException error)
        {
            throw Unwritable(error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => TryRemove(_folder);

    private static void TryRemove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It goes with a later start.
        }
    }

    private static CnmException Unwritable(IOException error) => new(
        CnmErrorKind.Unavailable, $"the daemon cannot write a copy of the backup: {error.Message}; make room there, then try again", error);
}
