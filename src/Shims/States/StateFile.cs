using System.Text.Json;

using Net.Shims.Wire;

namespace Net.Shims.States;

/// <summary>Reads and writes the <see cref="ShimRecord"/> in a shim's directory. A reader sees the old or the new record, complete, also
/// after a power failure.</summary>
internal static class StateFile
{
    /// <summary>Replaces the record.</summary>
    /// <exception cref="IOException">The disk is full or the directory is gone.</exception>
    internal static void Write(string directory, ShimRecord record)
    {
        string path = Path.Combine(directory, ShimFiles.State);
        string temporary = $"{path}.{Guid.NewGuid():N}"; // two may record the end of a killed shim at once
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            BufferSize = 0,
        };
        try
        {
            using (var file = new FileStream(temporary, options))
            {
                file.Write(JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Default.ShimRecord));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Reads the record; null when there is none.</summary>
    /// <exception cref="JsonException">The file is not a state file.</exception>
    internal static ShimRecord? Read(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(directory, ShimFiles.State)), WireJson.Default.ShimRecord);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
