/** Frames of video files and of cameras that speak RTSP, decoded by FFmpeg. */
package io.nirvanastreams.video;
