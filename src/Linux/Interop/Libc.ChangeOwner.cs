using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Says that an owner or a group stays as it is.</summary>
    internal const uint Unchanged = uint.MaxValue;

    /// <summary>Changes whose a file is: chown(2).</summary>
    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeOwner(string path, uint owner, uint group);
}
