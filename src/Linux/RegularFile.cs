using System.Text;
using Microsoft.Win32.SafeHandles;
using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Reads small files that other people write, and tells regular files from others. What is no regular file is refused rather than
/// waited for or read without end: a FIFO, a device, a directory.</summary>
public static class RegularFile
{
    /// <summary>Reads a whole file as UTF-8.</summary>
    /// <param name="path">Its path; symbolic links are followed.</param>
    /// <param name="mostBytes">The largest size in bytes that is read.</param>
    /// <exception cref="IOException">It is not there, cannot be read, is no regular file, or is larger. The message has the
    /// path.</exception>
    public static string ReadText(string path, int mostBytes)
    {
        // Without O_NONBLOCK the open of a FIFO waits for a writer: open(2).
        using SafeFileHandle file = Files.OpenOrThrow(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, $"read {path}");
        if (!Files.IsRegular(file))
        {
            throw new IOException($"{path} is no regular file");
        }

        using var text = new MemoryStream();
        byte[] chunk = new byte[4096];
        for (int read; (read = RandomAccess.Read(file, chunk, text.Length)) > 0;)
        {
            text.Write(chunk, 0, read);
            if (text.Length > mostBytes)
            {
                throw new IOException(FormattableString.Invariant($"{path} is larger than {mostBytes >> 10} KiB"));
            }
        }

        return Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length)).TrimStart('\uFEFF');
    }

    /// <summary>Whether a path leads to something else than a regular file, such as a device or a FIFO: that is written into, and must not
    /// be replaced.</summary>
    /// <param name="path">The path; symbolic links are followed. False when nothing is there, or it cannot be looked at.</param>
    public static bool IsOther(string path)
    {
        using SafeFileHandle file = Files.Open(path, O_PATH);
        return !file.IsInvalid && !Files.IsRegular(file);
    }
}
