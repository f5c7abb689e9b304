using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const nuint MountBind = 0x1000;
    internal const nuint MountRecursive = 0x4000;
    internal const nuint MountPrivate = 0x40000;

    /// <summary>Mounts, binds or changes a mount: mount(2).</summary>
    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Mount(string? source, string target, string? type, nuint flags, string? data);
}
