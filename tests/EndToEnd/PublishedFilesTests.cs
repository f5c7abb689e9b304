using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

public sealed class PublishedFilesTests
{
    [KernelFact]
    public void The_program_and_the_library_beside_it_can_be_used_by_everybody_and_written_by_their_owner()
    {
        using TestHost host = TestHost.Create();
        string modes = host.Shell("cd \"$(dirname \"$NETCTL\")\" && stat -c '%n %a' netctl libe_sqlite3.so");
        Assert.Equal("netctl 755\nlibe_sqlite3.so 755", modes);
    }
}
