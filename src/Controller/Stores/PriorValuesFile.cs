using System.Text.Json;

namespace Net.Controller.Stores;

/// <summary>A file in the run-time directory with the values that the host's settings had before the daemon first set them. It is as old as
/// those settings, which a boot takes back too.</summary>
/// <param name="path">The path of the file.</param>
/// <param name="log">Receives why it cannot be read or written.</param>
internal sealed class PriorValuesFile(string path, IControllerLog log)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Whether the last <see cref="Write"/> failed.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Reads the values; none when there is no file or it is damaged.</summary>
    public IReadOnlyDictionary<string, string> Read()
    {
        try
        {
            if (File.Exists(path))
            {
                return JsonSerializer.Deserialize(File.ReadAllBytes(path), StoreJson.Default.DictionaryStringString) ?? [];
            }
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            log.Warning($"the prior values of the host's settings cannot be read from {path}: {error.Message}");
        }

        return new Dictionary<string, string>();
    }

    /// <summary>Replaces the values, complete or not at all. The file is removed when there are none.</summary>
    public void Write(Dictionary<string, string> values)
    {
        try
        {
            Replace(values);
            if (IsBehind)
            {
                log.Warning($"the prior values of the host's settings are kept in {path} again");
                IsBehind = false;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!IsBehind)
            {
                log.Warning($"the prior values of the host's settings cannot be written to {path}: {error.Message}");
                IsBehind = true;
            }
        }
    }

    private void Replace(Dictionary<string, string> values)
    {
        if (values.Count == 0)
        {
            File.Delete(path);
            return;
        }

        string temporary = $"{path}.new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using (var file = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(file, values, StoreJson.Default.DictionaryStringString);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
