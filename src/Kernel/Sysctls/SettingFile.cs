using Net.Linux;

namespace Net.Kernel.Sysctls;

/// <summary>A setting below /proc/sys of the namespace that the calling thread is in, its fields separated by one space.</summary>
internal static class SettingFile
{
    /// <summary>Whether this kernel has IPv6.</summary>
    public static bool HasIPv6 { get; } = Directory.Exists("/proc/sys/net/ipv6");

    /// <summary>The value.</summary>
    /// <exception cref="LinuxException">NoEntry: there is no such setting.</exception>
    public static string Read(string path) => TryRead(path) ?? throw new LinuxException($"read sysctl {path}", Errno.NoEntry);

    /// <summary>The value, or null when there is no such setting.</summary>
    public static string? TryRead(string path) => Sysctl.Read(path) is { } text ? Normal(text) : null;

    /// <summary>A value as the kernel writes it, its fields separated by one space.</summary>
    public static string Normal(string text) => text.AsSpan().ContainsAnyExceptInRange('!', '~')
        ? string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        : text;

    /// <summary>Writes the value.</summary>
    /// <returns>True, so that it can be a namespace visit's result.</returns>
    /// <exception cref="LinuxException">There is no such setting, or the kernel refuses the value.</exception>
    public static bool Write(string path, string value)
    {
        Sysctl.Write(path, value);
        return true;
    }
}
