namespace Net.Shims.States;

/// <summary>Writes files of which a reader sees the old or the new content, complete.</summary>
internal static class WholeFile
{
    /// <summary>Replaces a file; it is its owner's alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All that it shall hold.</param>
    /// <param name="flushToDisk">Whether it is to be complete after a power failure too.</param>
    /// <exception cref="IOException">The disk is full or the directory is gone.</exception>
    internal static void Write(string path, ReadOnlySpan<byte> content, bool flushToDisk)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}"; // two may write at once, such as the end of a killed shim
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
                file.Write(content);
                file.Flush(flushToDisk);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
