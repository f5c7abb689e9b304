using System.Globalization;
using System.Text;

namespace Net.Controller.Stores;

/// <summary>A file in the run-time directory with the number of the last commit of a store, written after each commit. A store with a lower
/// number has lost commits.</summary>
/// <remarks>A daemon that is killed between the two leaves the number before the store's. The number is never too high: a commit is on the
/// disk before it is written here.</remarks>
/// <param name="path">The path of the file.</param>
/// <param name="store">The path of the store: the number of another store means nothing.</param>
/// <param name="log">Receives why the file cannot be written.</param>
internal sealed class LastCommitFile(string path, string store, IControllerLog log)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private bool _isBehind;

    /// <summary>The number; null where there is none, or it is another store's.</summary>
    public int? Read()
    {
        try
        {
            string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
            return lines.Length == 2 && lines[1] == store
                && int.TryParse(lines[0], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int number) ? number : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.Warning($"the number of the store's last commit cannot be read from {path}: {error.Message}");
            return null;
        }
    }

    /// <summary>Writes the number. It is written over the one before, which takes no room, so that a full disk takes it too.</summary>
    public void Write(int number)
    {
        try
        {
            byte[] content = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number,10}\n{store}\n"));
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
                BufferSize = 0,
            });
            file.Write(content);
            if (file.Length != content.Length)
            {
                file.SetLength(content.Length);
            }

            _isBehind = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            GiveUp(error);
        }
    }

    // Without the file nothing is known of lost commits. With an old one, their absence would be believed.
    private void GiveUp(Exception error)
    {
        if (_isBehind)
        {
            return;
        }

        _isBehind = true;
        log.Warning($"the number of the store's last commit cannot be written to {path}: {error.Message}");
        try
        {
            File.Delete(path);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            // What kept it from being written keeps it from being removed, and was said.
        }
    }
}
