using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const nuint MountNoSuid = 0x2;
    internal const nuint MountNoDevices = 0x4;
    internal const nuint MountNoExecute = 0x8;
    internal const nuint MountSlave = 0x80000;
    internal const int OpenPath = 0x200000;

    internal static int OpenNoFollow => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;
    internal const int OpenAppend = 0x400;
    internal const int CloneNewHostName = 0x04000000;
}
