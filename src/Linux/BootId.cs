namespace Net.Linux;

/// <summary>The identity of the boot that this process runs in: another one says that nothing of the kernel's memory is left.</summary>
public static class BootId
{
    /// <summary>A UUID in its text form, from /proc/sys/kernel/random/boot_id; proc_sys_kernel(5).</summary>
    /// <exception cref="TypeInitializationException">There is no /proc.</exception>
    public static string Current { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
