using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    // struct termios is 60 bytes with glibc and musl on the 64-bit machines: four flag words, c_line, c_cc[32], two speeds.
    internal const int TerminalAttributesLength = 64;

    internal const int AfterOutput = 1;

    /// <summary>Reads how a terminal treats what goes through it: tcgetattr(3).</summary>
    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    internal static unsafe partial int GetTerminalAttributes(SafeHandle terminal, byte* attributes);

    /// <summary>Sets how a terminal treats what goes through it: tcsetattr(3).</summary>
    /// <param name="when"><see cref="AfterOutput"/>: TCSADRAIN.</param>
    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    internal static unsafe partial int SetTerminalAttributes(SafeHandle terminal, int when, byte* attributes);

    /// <summary>Changes attributes to: no echo, no lines, no signals, bytes as they are: cfmakeraw(3).</summary>
    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    internal static unsafe partial void MakeRaw(byte* attributes);
}
