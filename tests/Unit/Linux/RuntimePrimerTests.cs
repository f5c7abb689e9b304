using Net.Linux;

namespace Net.Tests.Unit.Linux;

public sealed class RuntimePrimerTests
{
    [Fact]
    public void Priming_ends_and_can_be_repeated()
    {
        RuntimePrimer.Prime();
        RuntimePrimer.Prime();
    }

    [Fact]
    public void Error_text_has_the_c_librarys_sentence_name_and_number() =>
        Assert.Equal("cannot bind x: Device or resource busy (EBUSY, 16)", new LinuxException("bind x", Errno.Busy).Message);
}
