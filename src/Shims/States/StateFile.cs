using System.Text.Json;

using Net.Shims.Wire;

namespace Net.Shims.States;

/// <summary>Reads and writes the <see cref="ShimRecord"/> in a shim's directory. A reader sees the old or the new record, complete, also
/// after a power failure.</summary>
internal static class StateFile
{
    /// <summary>Replaces the record.</summary>
    /// <exception cref="IOException">The disk is full or the directory is gone.</exception>
    internal static void Write(string directory, ShimRecord record) => WholeFile.Write(
        Path.Combine(directory, ShimFiles.State),
        JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Default.ShimRecord),
        flushToDisk: true);

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
