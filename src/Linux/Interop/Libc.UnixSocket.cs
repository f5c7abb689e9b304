namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int FamilyUnix = 1;
    internal const int SocketStream = 1;
}
