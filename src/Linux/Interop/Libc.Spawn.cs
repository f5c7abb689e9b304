using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Starts a program: posix_spawn(3). Gives the error number itself, also that of a failed execve.</summary>
    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int Spawn(int* processId, string path, void* fileActions, void* attributes, byte** arguments, byte** environment);
}
