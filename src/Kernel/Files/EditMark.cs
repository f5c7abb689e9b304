using System.Security.Cryptography;
using System.Text;

namespace Net.Kernel.Files;

/// <summary>Tells whether a file was edited by others since the engine wrote it: beside it lie the digests of what the engine
/// wrote.</summary>
internal static class EditMark
{
    private const string Suffix = ".written";

    /// <summary>Whether a file was edited by others. An empty file counts as not edited: a process that ends between truncating and writing
    /// it leaves one.</summary>
    public static bool IsEdited(string path)
    {
        if (!File.Exists(path) || !File.Exists(path + Suffix))
        {
            return false;
        }

        string text = File.ReadAllText(path);
        string[] written = File.ReadAllLines(path + Suffix);
        return text.Length > 0 && written.Length > 0 && !written.Contains(Digest(text));
    }

    /// <summary>Records the digests of what is about to be written and of what is there now: if the daemon is killed meanwhile, neither
    /// counts as edited.</summary>
    public static void Note(string path, string next, string? before) =>
        File.WriteAllLines(path + Suffix, ((string?[])[next, before]).OfType<string>().Select(Digest));

    /// <summary>Removes the recorded digests of a file.</summary>
    public static void Remove(string path) => File.Delete(path + Suffix);

    /// <summary>The file that a mark belongs to; null when the path is not that of a mark.</summary>
    public static string? FileOf(string mark) => mark.EndsWith(Suffix, StringComparison.Ordinal) ? mark[..^Suffix.Length] : null;

    private static string Digest(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
