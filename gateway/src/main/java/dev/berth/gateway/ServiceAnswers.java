package dev.berth.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is put right in the answers of instances before Vert.x acts upon them. */
final class ServiceAnswers extends ChannelInboundHandlerAdapter {
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final Pattern TIMEOUT = Pattern.compile("(?i)(?:^|[,;\\s])timeout=(\\d{1,9})");

    private boolean skipping;

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (part instanceof HttpResponse answer) {
            skipping = isUnknownInterim(answer.status().code());
            leaveMargin(answer.headers());
        }
        if (skipping) {
            skipping = !(part instanceof LastHttpContent);
            ReferenceCountUtil.release(part);
        } else {
            context.fireChannelRead(part);
        }
    }

    /** RFC 9110, section 15.2: any number of them may come before the answer. Vert.x knows 100, 101 and 103. */
    private static boolean isUnknownInterim(int status) {
        return status == 102 || (status > 103 && status < 200);
    }

    /** A connection is not used in the last second before the instance closes it: a call could get lost on the way. */
    private static void leaveMargin(HttpHeaders headers) {
        String keepAlive = headers.get(KEEP_ALIVE);
        if (keepAlive != null) {
            int seconds = timeout(keepAlive);
            if (seconds > 1) {
                headers.set(KEEP_ALIVE, "timeout=" + (seconds - 1));
            } else if (seconds >= 0) {
                headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
        }
    }

    private static int timeout(String keepAlive) {
        Matcher matcher = TIMEOUT.matcher(keepAlive);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }
}
