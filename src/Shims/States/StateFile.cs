using System.Text.Json;

using Net.Shims.Wire;

namespace Net.Shims.States;

/// <summary>Reads and writes the <see cref="ShimRecord"/> in a shim's directory. A reader sees the old or the new record, complete, also
/// after a power failure.</summary>
internal static class StateFile
{
    /// <summary>The length of the reserve in bytes: one block of usual file systems, more than any record has.</summary>
    private const int ReservedLength = 4096;

    /// <summary>Replaces the record.</summary>
    /// <exception cref="IOException">The disk is full or the directory is gone.</exception>
    internal static void Write(string directory, ShimRecord record) => WholeFile.Write(
        Path.Combine(directory, ShimFiles.State),
        BytesOf(record),
        flushToDisk: true);

    /// <summary>Takes the place on the disk that <see cref="WriteLast"/> needs when the disk is full by then.</summary>
    /// <exception cref="IOException">The disk is full already or the directory is gone.</exception>
    internal static void Reserve(string directory) =>
        Fill(Path.Combine(directory, ShimFiles.Reserve), FileMode.Create, new byte[ReservedLength]);

    /// <summary>Replaces the record with the shim's last one, which has the exit code; on a full disk in the place that was
    /// reserved.</summary>
    /// <exception cref="IOException">The directory is gone or its file system read-only.</exception>
    internal static void WriteLast(string directory, ShimRecord record)
    {
        try
        {
            Write(directory, record);
        }
        catch (IOException)
        {
            string reserve = Path.Combine(directory, ShimFiles.Reserve);
            Fill(reserve, FileMode.Open, BytesOf(record));
            File.Move(reserve, Path.Combine(directory, ShimFiles.State), overwrite: true);
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

    private static byte[] BytesOf(ShimRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Default.ShimRecord);

    /// <summary>Writes a file from its beginning, in place, and cuts off what was there beyond that.</summary>
    private static void Fill(string path, FileMode mode, byte[] bytes)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, BufferSize = 0 };
        if (mode != FileMode.Open)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(bytes);
        file.SetLength(bytes.Length);
        file.Flush(flushToDisk: true);
    }
}
