using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;

namespace Net.Tests.Unit.Linux;

/// <summary>The space of a disk is what the runtime reads with statfs(2).</summary>
public sealed class DiskSpaceTests
{
    [Fact]
    public void The_space_of_a_disk_is_read_in_bytes()
    {
        string path = Path.GetTempFileName();
        using SafeFileHandle file = File.OpenHandle(path, options: FileOptions.DeleteOnClose);
        var expected = new DriveInfo(Path.GetDirectoryName(path)!);
        Assert.Equal(expected.TotalSize, DiskSpace.Of(file)!.Value.Total);

        // Others write to the disk too.
        Assert.True(SpinWait.SpinUntil(() => expected.TotalFreeSpace == DiskSpace.Of(file)!.Value.Free, TimeSpan.FromSeconds(30)));
    }
}
